//! Laws of drawings, over random boxes and wires.

use proptest::prelude::*;

use super::{Drawing, Frame, Pin, Point, Size, Wire, layout};

const HEADER: i32 = 36;
const ROW: i32 = 24;

/// Boxes like tables, and wires between rows of them.
fn any_tables() -> impl Strategy<Value = (Vec<Size>, Vec<Wire>)> {
    let boxes = prop::collection::vec((1..9_i32, 120..320_i32), 1..14);
    let place = || (any::<prop::sample::Index>(), 0..9_i32);
    let wires = prop::collection::vec((place(), place(), 0..2_usize), 0..24);
    (boxes, wires).prop_map(|(boxes, wires)| {
        let sizes: Vec<Size> = boxes
            .iter()
            .map(|(rows, width)| Size {
                width: *width,
                height: HEADER + rows * ROW + 8,
            })
            .collect();
        let pin = |(shape, row): (prop::sample::Index, i32)| {
            let shape = shape.index(boxes.len());
            let row = row % boxes[shape].0;
            Pin {
                shape,
                y: HEADER + row * ROW + 14,
            }
        };
        let wires = wires
            .into_iter()
            .map(|(from, to, bundle)| Wire {
                from: pin(from),
                // Keys are referred to by their first row or two.
                to: pin((to.0, to.1 % 2)),
                bundle,
            })
            .collect();
        (sizes, wires)
    })
}

/// The same as schemas are: no column is of two foreign keys, and there are no circles but those of
/// a table with itself.
fn any_plain_tables() -> impl Strategy<Value = (Vec<Size>, Vec<Wire>)> {
    any_tables().prop_map(|(sizes, wires)| {
        let mut plain: Vec<Wire> = Vec::new();
        for wire in wires {
            let is_down = wire.from.shape >= wire.to.shape && wire.from != wire.to;
            if is_down && !plain.iter().any(|it| it.from == wire.from) {
                plain.push(wire);
            }
        }
        (sizes, plain)
    })
}

/// What a drawing must not do.
fn faults(sizes: &[Size], wires: &[Wire], drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    for (one, frame) in drawing.frames.iter().enumerate() {
        if frame.width < sizes[one].width || frame.height != sizes[one].height {
            faults.push(format!("box {one} has the wrong size"));
        }
        if frame.x < 0
            || frame.y < 0
            || frame.x + frame.width > drawing.size.width
            || frame.y + frame.height > drawing.size.height
        {
            faults.push(format!("box {one} is not on the page"));
        }
        for (other, below) in drawing.frames.iter().enumerate().skip(one + 1) {
            if meet(grown(*frame, 8), *below) {
                faults.push(format!("boxes {one} and {other} touch"));
            }
        }
    }
    for (number, (wire, path)) in wires.iter().zip(&drawing.paths).enumerate() {
        let ends = [(wire.from, path.first()), (wire.to, path.last())];
        for (pin, point) in ends {
            if !point.is_some_and(|it| is_at(drawing.frames[pin.shape], pin, *it)) {
                faults.push(format!("wire {number} misses box {}", pin.shape));
            }
        }
        for piece in path.windows(2) {
            if piece[0].x != piece[1].x && piece[0].y != piece[1].y {
                faults.push(format!("wire {number} is askew"));
            }
            let piece = spanned(piece);
            let through = drawing.frames.iter().position(|it| meet(inner(*it), piece));
            if let Some(shape) = through {
                faults.push(format!("wire {number} runs through box {shape}"));
            }
        }
    }
    faults
}

/// Wires of two bundles that lie on each other.
fn alike(wires: &[Wire], drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    for (one, path) in drawing.paths.iter().enumerate() {
        for (other, beside) in drawing.paths.iter().enumerate().skip(one + 1) {
            let net = |number: usize| (wires[number].to, wires[number].bundle);
            if net(one) == net(other) {
                continue;
            }
            let pairs = path
                .windows(2)
                .flat_map(|it| beside.windows(2).map(move |other| (it, other)));
            let lie = |(it, other): (&[Point], &[Point])| {
                let along_x = it[0].y == it[1].y && other[0].y == other[1].y;
                let along_y = it[0].x == it[1].x && other[0].x == other[1].x;
                (along_x || along_y) && {
                    let (it, other) = (spanned(it), spanned(other));
                    let grown = |frame: Frame| match along_x {
                        true => Frame { height: 1, ..frame },
                        false => Frame { width: 1, ..frame },
                    };
                    meet(grown(it), grown(other))
                }
            };
            if pairs.into_iter().any(lie) {
                faults.push(format!("wires {one} and {other} lie on each other"));
            }
        }
    }
    faults
}

fn is_at(frame: Frame, pin: Pin, point: Point) -> bool {
    let is_beside = point.x == frame.x || point.x == frame.x + frame.width;
    is_beside && (point.y - frame.y - pin.y).abs() < ROW
}

fn spanned(piece: &[Point]) -> Frame {
    let (one, other) = (piece[0], piece[1]);
    Frame {
        x: one.x.min(other.x),
        y: one.y.min(other.y),
        width: (one.x - other.x).abs(),
        height: (one.y - other.y).abs(),
    }
}

fn grown(frame: Frame, by: i32) -> Frame {
    Frame {
        x: frame.x - by,
        y: frame.y - by,
        width: frame.width + 2 * by,
        height: frame.height + 2 * by,
    }
}

fn inner(frame: Frame) -> Frame {
    grown(frame, -1)
}

/// Whether two frames have a part in common; one may be a line.
fn meet(one: Frame, other: Frame) -> bool {
    one.x < other.x + other.width.max(1)
        && other.x < one.x + one.width.max(1)
        && one.y < other.y + other.height.max(1)
        && other.y < one.y + one.height.max(1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn boxes_stand_apart_and_wires_run_between_them((sizes, wires) in any_tables()) {
        let drawing = layout(&sizes, &wires);
        prop_assert_eq!(faults(&sizes, &wires, &drawing), Vec::<String>::new());
    }

    #[test]
    fn wires_of_two_bundles_never_look_like_one((sizes, wires) in any_plain_tables()) {
        let drawing = layout(&sizes, &wires);
        prop_assert_eq!(alike(&wires, &drawing), Vec::<String>::new());
    }

    #[test]
    fn the_same_boxes_are_drawn_the_same((sizes, wires) in any_tables()) {
        prop_assert_eq!(layout(&sizes, &wires), layout(&sizes, &wires));
    }
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let drawing = layout(&[], &[]);
    assert_eq!(
        drawing.size,
        Size {
            width: 0,
            height: 0
        }
    );
}

#[test]
fn a_hub_with_many_tables_does_not_become_a_tower() {
    let size = Size {
        width: 200,
        height: 140,
    };
    let wire = |shape: usize| Wire {
        from: Pin { shape, y: 80 },
        to: Pin { shape: 0, y: 50 },
        bundle: 0,
    };
    let wires: Vec<Wire> = (1..30).map(wire).collect();
    let drawing = layout(&[size; 30], &wires);
    assert!(
        drawing.size.height < 2 * drawing.size.width,
        "{:?}",
        drawing.size
    );
    assert_eq!(faults(&[size; 30], &wires, &drawing), Vec::<String>::new());
}

#[test]
fn hundreds_of_tables_are_drawn_in_a_moment() {
    let size = Size {
        width: 200,
        height: 140,
    };
    let wire = |shape: usize, to: usize| Wire {
        from: Pin { shape, y: 80 },
        to: Pin { shape: to, y: 50 },
        bundle: 0,
    };
    let wires: Vec<Wire> = (1..500)
        .flat_map(|shape| [wire(shape, shape / 3), wire(shape, (shape * 7) % 40)])
        .collect();
    let drawing = layout(&[size; 500], &wires);
    assert_eq!(drawing.frames.len(), 500);
    assert!(drawing.paths.iter().all(|path| path.len() > 1));
}
