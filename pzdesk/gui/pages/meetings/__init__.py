"""MDO: the meetings, preparing one, and holding one."""
