//! Answers in the shapes of the command-line contract, as JSON text: for journeys and checks, not for screens.
