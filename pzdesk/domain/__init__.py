"""What the practice talks about: values, pure rules and words. Standard library only.

Glossary: the word in code, database, file and test is the word of the field.

=================  ============================  =====================================================
code               Dutch (what a user sees)      meaning
=================  ============================  =====================================================
patient            patiënt                       somebody whose palliative care the practice looks after
status             fase, urgentie, ...           a dated row: what holds since when, said by whom
markering          markering                     the palliative phase recognised by the responsible clinician
told               wie is ingelicht              who was told of a transition, when
pzp                PZP                           proactieve zorgplanning (advance care planning)
assessment         vier dimensies                what was found on the four dimensions on one day
naaste             naaste                        somebody close to the patient, in one or more roles
mantelzorger       mantelzorger                  a naaste who gives care
screening          mantelzorgscreening           what a mantelzorger answered on an instrument
volhoudtijd        volhoudtijd                   how long a mantelzorger can hold on
review             reviewmoment                  a planned look-back: meedenkmoment, medicatiereview, ...
professional       zorgverlener                  somebody who gives care for a profession
responsible        hoofdbehandelaar              the clinician who is responsible (regiebehandelaar)
central carer      centrale zorgverlener         the one point of contact for patient and naasten
meeting            MDO, overleg                  a kernteam meeting
agenda item        agendapunt                    one person or subject on a meeting's agenda
action             actie                         who does what, when
handout            uitgereikt stuk               a paper that was printed, kept by digest
euthanasia request verzoek om euthanasie         a running request, apart from the position in the PZP
statement          verklaring van de patiënt     what the patient states about what stands in the file
emergency access   noodtoegang                   one file opened further, with a reason, for twelve hours
restricted         beperkt                       what not everybody sees who may open the file
practice           praktijk                      the practice whose store this is
beheerder          beheerder                     the administrator of the store
=================  ============================  =====================================================
"""
