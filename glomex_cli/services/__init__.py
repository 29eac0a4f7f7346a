"""The services that can answer a report, behind one interface: commands do not know which."""
