"""What people do: each command plans the steps of one act."""
