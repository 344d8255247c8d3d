"""Benchmarks: what pzdesk costs beside the bare libraries it stands on (``make bench``)."""
