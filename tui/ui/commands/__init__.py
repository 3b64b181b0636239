"""What the reader's keys do, a module for each kind of thing: moving, marking; saving is what they stand on."""
