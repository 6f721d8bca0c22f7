package dev.moviola.ledger;

import java.nio.file.Path;

class MemoryLedgerTest extends LedgerContract {
    @Override
    Ledger open(Path folder) {
        return Ledger.inMemory();
    }
}
