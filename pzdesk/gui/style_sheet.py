"""The rules of the style sheet: ``@role@`` is a colour of the palette, ``<n>`` pixels at 100 %.

``<n+>`` is never less than n pixels: what can be pressed keeps its height in a smaller window.
"""

RULES = """
QWidget { color: @text@; }
QMainWindow, QDialog, QWidget[role="ground"] { background: @background@; }
QToolTip { background: @surface@; color: @text@; border: 1px solid @field_line@; padding: <4> <8>; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: <21>; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="large"] { font-size: <18>; }
QLabel[role="large-strong"] { font-size: <18>; font-weight: 600; }
QLabel[role="large-muted"] { font-size: <18>; color: @muted@; }
QLabel[role="large-title"] { font-size: <28>; font-weight: 600; }
QLabel[role="muted"] { color: @muted@; }
QLabel[role="small"] { color: @muted@; font-size: <13>; }
QLabel[role="good"] { color: @accent@; font-size: <13>; font-weight: 600; }
QLabel[role="code"] { font-size: <28>; font-weight: 600; }
QLabel[role="brand"] { color: @accent@; font-size: <18>; font-weight: 700; }
QLabel[role="warning"] { color: @warning@; font-weight: 600; }
QLabel[role="error"] { color: @error@; font-weight: 600; }
QLabel[role="chip"], QLabel[role="chip-neutral"] { background: @background@; color: @muted@; }
QLabel[role="chip-accent"] { background: @accent_soft@; color: @accent@; }
QLabel[role="chip-warning"] { background: @warning_soft@; color: @warning@; }
QLabel[role="chip-error"] { background: @error_soft@; color: @error@; }
QLabel[role="chip-calm"] { background: @calm_soft@; color: @calm@; }
QLabel[role="chip"], QLabel[role="chip-neutral"], QLabel[role="chip-accent"], QLabel[role="chip-warning"],
QLabel[role="chip-error"], QLabel[role="chip-calm"] {
  border-radius: <4>; padding: <1> <7>; font-weight: 600; border: 1px solid transparent;
}
QLabel[role="key"] {
  color: @muted@; background: @surface@; border: 1px solid @line@; border-radius: <4>; padding: 0 <5>;
  font-size: <12>;
}
QFrame[role="card"], QFrame[role="card-warning"], QFrame[role="card-accent"] {
  background: @surface@; border: 1px solid @line@; border-radius: <8>;
}
QFrame[role="card-warning"] { border-left: <4> solid @warning@; }
QFrame[role="card-accent"] { border-left: <4> solid @accent@; }
QFrame[role="card-now"] { background: @surface@; border: 2px solid @accent@; border-radius: <8>; }
QFrame[role="line"] { background: @line@; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="work-row"], QFrame[role="work-row-now"] { border: none; border-left: <3> solid transparent; }
QFrame[role="work-row-now"] { background: @accent_soft@; border-left-color: @accent@; }
QFrame[role="rail"], QFrame[role="topbar"], QFrame[role="status"], QFrame[role="head"] {
  background: @surface@; border: none;
}
QFrame[role="rail"] { border-right: 1px solid @line@; }
QFrame[role="topbar"], QFrame[role="head"] { border-bottom: 1px solid @line@; }
QFrame[role="status"] { border-top: 1px solid @line@; }
QFrame[role="bar"] { background: @calm_soft@; border: 1px solid @calm@; border-radius: <6>; }
QFrame[role="bar-error"] { background: @error_soft@; border: 1px solid @error@; border-radius: <6>; }
QFrame[role="bar-warning"] { background: @warning_soft@; border: 1px solid @warning@; border-radius: <6>; }
QFrame[role="bar-warning"] QLabel { color: @warning@; font-weight: 600; }
QFrame[role="bar"] QLabel { color: @calm@; font-weight: 600; }
QFrame[role="bar-error"] QLabel { color: @error@; font-weight: 600; }
QFrame[role="search-list"] { background: @surface@; border: 1px solid @field_line@; border-radius: <8>; }
QListView[role="hits"], QListView[role="hits"]:focus { border: none; border-radius: 0; }
QScrollArea, QScrollArea > QWidget > QWidget[role="plain"] { background: transparent; border: none; }
QScrollArea[role="read"] { border: 2px solid transparent; border-radius: <8>; }
QScrollArea[role="read"]:focus { border-color: @accent@; }

QPushButton, QToolButton {
  background: @surface@; color: @text@; border: 1px solid @field_line@; border-radius: <6>;
  padding: <5+> <14>; min-height: <20+>; font-weight: 600;
}
QPushButton:hover, QToolButton:hover { background: @accent_soft@; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent@; padding: <4+> <13>; }
QPushButton:disabled, QToolButton:disabled { color: @muted@; border-color: @line@; }
QPushButton[role="primary"] { background: @accent@; color: @on_accent@; border-color: @accent@; }
QPushButton[role="primary"]:hover { border-color: @text@; }
QPushButton[role="primary"]:focus { border: 2px solid @text@; }
QPushButton[role="primary"]:disabled { background: @background@; color: @muted@; border-color: @line@; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: @accent@; }
QPushButton[role="quiet"]:hover { border-color: @accent@; }
QPushButton[role="quiet"]:focus { border: 2px solid @accent@; }
QPushButton[role="rail"] {
  background: transparent; border: 2px solid transparent; text-align: left; font-weight: 400;
  padding: <6> <8>;
}
QPushButton[role="rail"]:hover { background: @background@; }
QPushButton[role="rail"]:focus { border: 2px solid @accent@; }
QPushButton[role="rail"]:checked { background: @accent_soft@; color: @accent@; font-weight: 600; }
QPushButton[role="key"] {
  color: @muted@; font-size: <12>; font-weight: 400; padding: <5+> <6>; border-color: @line@;
}
QPushButton[role="key"]:hover { color: @text@; border-color: @field_line@; }
QPushButton[role="key"]:focus { border: 2px solid @accent@; padding: <4+> <5>; }
QPushButton[role="chip-toggle"] {
  background: transparent; border: 2px solid transparent; color: @muted@; padding: <4+> <8>;
  border-radius: <6>;
}
QPushButton[role="chip-toggle"]:hover { border-color: @line@; }
QPushButton[role="chip-toggle"]:checked { background: @accent_soft@; color: @accent@; }
QPushButton[role="chip-toggle"]:focus { border: 2px solid @accent@; }
QPushButton::menu-indicator { width: 0; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {
  background: @surface@; color: @text@; border: 1px solid @field_line@; border-radius: <6>;
  padding: <5+> <9>; selection-background-color: @accent@; selection-color: @on_accent@;
}
QLineEdit, QComboBox, QSpinBox { min-height: <20+>; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid @accent@; padding: <4+> <8>;
}
QLineEdit[role="wrong"], QPlainTextEdit[role="wrong"], QComboBox[role="wrong"] { border: 2px solid @error@; }
QPlainTextEdit[role="note"], QPlainTextEdit[role="note"]:focus {
  border: none; background: transparent; padding: 0; font-size: <18>;
}
QLineEdit[role="large"] { font-size: <18>; }
QLineEdit[role="search"] { background: @background@; border-color: @line@; }
QLineEdit[role="search"]:focus { border: 2px solid @accent@; background: @surface@; }
QLineEdit:read-only { background: @background@; color: @text@; }
QComboBox::drop-down { width: <24>; border: none; }
QComboBox::down-arrow { image: url(icons:omlaag-@tick@.svg); width: <14>; height: <14>; }
QComboBox QAbstractItemView, QListView[role="popup"] {
  background: @surface@; border: 1px solid @field_line@; selection-background-color: @accent_soft@;
  selection-color: @text@; outline: none; padding: <4>;
}
QRadioButton, QCheckBox { spacing: <8>; min-height: <32+>; background: transparent; padding: 0 <4>; }
QRadioButton:focus, QCheckBox:focus { border: 2px solid @accent@; border-radius: <4>; padding: 0 <2>; }
QRadioButton::indicator, QCheckBox::indicator {
  width: <15>; height: <15>; border: 1px solid @field_line@; background: @surface@;
}
QRadioButton::indicator { border-radius: <8>; }
QCheckBox::indicator { border-radius: <4>; }
QRadioButton::indicator:checked {
  border: <5> solid @accent@; width: <7>; height: <7>; background: @on_accent@;
}
QCheckBox::indicator:checked {
  background: @accent@; border-color: @accent@; image: url(icons:check-@tick@.svg);
}

QTableView, QListView, QTreeView {
  background: @surface@; border: 1px solid @line@; border-radius: <8>; gridline-color: @line@;
  selection-background-color: @accent_soft@; selection-color: @text@; outline: none;
}
QTableView { padding: 1px; }
QTableView:focus { border: 2px solid @accent@; padding: 0; }
QListView:focus { border: 2px solid @accent@; }
QHeaderView::section {
  background: @surface@; color: @muted@; border: none; border-bottom: 1px solid @line@;
  padding: <8> <4> <8> <10>; text-align: left;
}
QHeaderView { background: @surface@; border: none; }
QTableCornerButton::section { background: @surface@; border: none; }
QMenu { background: @surface@; border: 1px solid @field_line@; padding: <4>; }
QMenu::item { padding: <7+> <24> <7+> <12>; border-radius: <4>; }
QMenu::item:selected { background: @accent_soft@; color: @text@; }
QMenu::item:disabled { color: @muted@; }
QProgressBar { background: @line@; border: none; border-radius: <3>; max-height: <6>; }
QProgressBar::chunk { background: @accent@; border-radius: <3>; }
QScrollBar:vertical { background: transparent; width: <12>; margin: 0; }
QScrollBar:horizontal { background: transparent; height: <12>; margin: 0; }
QScrollBar::handle {
  background: @line@; border-radius: <5>; min-height: <32>; min-width: <32>; margin: 1px;
}
QScrollBar::handle:hover { background: @field_line@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
"""
