#!/bin/sh
# The Swift half of `cargo xtask bench-border`, run in the root that has Swift.
exec cargo xtask swift bench
