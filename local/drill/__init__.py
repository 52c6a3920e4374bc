"""`make drill`: people conduct whole monitorings while everything goes wrong; then it is judged.

Four parts: what goes wrong (`faults`, one after another in `storm`), what people do meanwhile (`people`),
what they were answered (`ledger`), and whether every promise was kept (`judgement`).
"""
