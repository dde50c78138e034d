//! Live tables read into the model.
