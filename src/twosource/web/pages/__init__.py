"""The screens of the desk, a module each: its addresses in ``WAYS``, and the functions that answer them."""
