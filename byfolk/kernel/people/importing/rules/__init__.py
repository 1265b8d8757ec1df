"""The rules of each kind of file, on whole frames. A rule notes what it finds; rows with an error are out of the next
one."""
