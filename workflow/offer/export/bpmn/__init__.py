"""The journey as BPMN 2.0 with its diagram: what stands where, and the XML that says so. Pure."""
