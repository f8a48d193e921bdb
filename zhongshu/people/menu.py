"""What people hangs into the navigation, and the permissions it declares."""
