"""What the operating systems do differently: one small module a thing, both branches tested."""
