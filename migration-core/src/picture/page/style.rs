//! The colours and fonts of a page, on a screen and on paper.

/// The style sheet.
pub(super) const RULES: &str = "\
:root { --ink: #1e293b; --quiet: #5b6b82; --paper: #f8fafc; --card: #ffffff; --rule: #dbe3ec; --code: #f1f5f9;
  --good: #14532d; --good-ground: #dcfce7; --waiting: #78350f; --waiting-ground: #fef3c7; --bad: #7f1d1d; --bad-ground: #fee2e2; --link: #1d4ed8 }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e2e8f0; --quiet: #9fb0c6; --paper: #0f172a; --card: #1a2438; --rule: #33425a; --code: #111b30;
    --good: #bbf7d0; --good-ground: #14432a; --waiting: #fde68a; --waiting-ground: #4d390e; --bad: #fecaca; --bad-ground: #5a1d1d; --link: #93c5fd }
}
* { box-sizing: border-box }
html { scroll-behavior: smooth }
body { margin: 0 auto; padding: 40px 32px 80px; max-width: 1280px; background: var(--paper); color: var(--ink);
  font: 15px/1.55 Inter, 'Segoe UI', system-ui, Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif }
h1 { margin: 0 0 12px; font-size: 28px; line-height: 1.2; font-weight: 700; overflow-wrap: anywhere }
h2 { margin: 0 0 16px; font-size: 20px; font-weight: 650 }
h3 { display: inline; margin: 0; font-size: 15px; font-weight: 600 }
p { margin: 0 0 12px; max-width: 80ch }
a { color: var(--link) }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.verdict { display: inline-block; margin: 0 0 24px; padding: 6px 14px; border-radius: 999px; font-weight: 600 }
.good { color: var(--good); background: var(--good-ground) }
.waiting { color: var(--waiting); background: var(--waiting-ground) }
.bad { color: var(--bad); background: var(--bad-ground) }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 14px 28px; margin: 0 0 24px }
.facts dt { color: var(--quiet); font-size: 13px }
.facts dd { margin: 0; font-weight: 550; overflow-wrap: anywhere }
nav ul { display: flex; flex-wrap: wrap; gap: 6px 20px; margin: 0; padding: 14px 0; list-style: none;
  border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule) }
section { margin-top: 32px; padding: 24px; background: var(--card); border: 1px solid var(--rule); border-radius: 12px }
.scroll { overflow: auto }
figure { margin: 0 -8px; border-radius: 8px }
figure svg { display: block; margin: 0 auto; max-width: max(100%, 1600px); height: auto }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.45 }
caption { text-align: left; color: var(--quiet); font-size: 13px; padding-bottom: 8px }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 13px; white-space: nowrap }
th, td { padding: 7px 16px 7px 0; border-bottom: 1px solid var(--rule); vertical-align: top }
tbody tr:last-child td { border-bottom: 0 }
code, pre { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 13px }
pre { margin: 0; padding: 14px 16px; background: var(--code); border-radius: 8px; line-height: 1.5; tab-size: 4 }
.time { white-space: nowrap; font-variant-numeric: tabular-nums }
.quiet { color: var(--quiet); font-size: 13px }
.chip { display: inline-block; padding: 1px 9px; border-radius: 999px; font-size: 12.5px; font-weight: 600; white-space: nowrap }
.notice, .advice { margin: 0 0 16px; padding: 14px 18px; border-radius: 8px; background: var(--waiting-ground); color: var(--waiting) }
.notice p:last-child { margin-bottom: 0 }
.advice { padding-left: 36px }
.hint { white-space: pre-wrap; background: none; padding: 0; color: inherit }
.operations { margin: 0 0 14px; padding-left: 20px }
.remarks { margin: 14px 0 0; padding-left: 20px; color: var(--quiet); font-size: 14px }
details { margin-top: 12px }
summary { cursor: pointer; padding: 4px 0 8px }
@media (max-width: 640px) { body { padding: 20px 14px 48px } section { padding: 16px } }
@media print {
  :root { --ink: #000; --quiet: #444; --paper: #fff; --card: #fff; --rule: #bbb; --code: #f4f4f4; --link: #000 }
  body { max-width: none; padding: 0; font-size: 10.5pt }
  nav { display: none }
  section { border: 0; padding: 0; margin-top: 20px }
  .scroll { overflow: visible }
  figure svg { max-width: 100%; max-height: 24cm; height: auto }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #ccc }
  h2, summary { break-after: avoid }
  tr, figure { break-inside: avoid }
  thead { display: table-header-group }
  .chip, .verdict { border: 1px solid currentColor }
}
";
