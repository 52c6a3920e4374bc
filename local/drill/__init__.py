"""`make drill`: people conduct whole monitorings while parts of the stack are killed; then it is judged.

Four parts: what goes wrong (`faults`), what people do meanwhile (`people`), what they were answered
(`ledger`), and whether every promise was kept (`judgement`).
"""
