"""Small durable tasks (a notice, a ping, a webhook): asked for with what they belong to, tried until done.

They are done at least once: a process that dies between the deed and its note does it again.
"""
