"""What brings the requests of one library to the network, and its answers back."""
