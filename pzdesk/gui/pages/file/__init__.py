"""The sections of a patient's file, in the order in which they stand."""

from pzdesk.gui.pages.file.acute import AcuteSection
from pzdesk.gui.pages.file.caregiver import CaregiverSection
from pzdesk.gui.pages.file.dimensions import DimensionsSection
from pzdesk.gui.pages.file.markering import MarkeringSection
from pzdesk.gui.pages.file.meetings import MeetingsSection
from pzdesk.gui.pages.file.network import NetworkSection
from pzdesk.gui.pages.file.overview import OverviewSection
from pzdesk.gui.pages.file.pzp import PzpSection
from pzdesk.gui.pages.file.reviews import ReviewsSection
from pzdesk.gui.pages.file.timeline import TimelineSection
from pzdesk.gui.section import Section

SECTIONS: tuple[type[Section], ...] = (
    OverviewSection,
    MarkeringSection,
    PzpSection,
    DimensionsSection,
    CaregiverSection,
    NetworkSection,
    ReviewsSection,
    MeetingsSection,
    AcuteSection,
    TimelineSection,
)
