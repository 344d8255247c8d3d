"""The fault suite: what pzdesk promises, tried by force. ``python -m tests.faults`` runs it at full size."""
