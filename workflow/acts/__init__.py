"""What people may do about an engagement, each act declared once: who may, what it asks for, and what it calls.

Pages, console, bulk work, demonstration and rehearsal are made from it. It knows the use cases, and neither Flask nor
click.
"""
