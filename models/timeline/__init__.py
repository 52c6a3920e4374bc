"""The journal of one proceeding as an auditor reads it: what each line means, without a word of any language.

`lines.timeline` is the way in. Everything here asks an event by the names of its fields, so that a new
event is told by its catalogue entry alone; `@tells` adds what its fields do not say.
"""
