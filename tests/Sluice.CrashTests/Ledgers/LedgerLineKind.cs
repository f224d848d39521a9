namespace Sluice.CrashTests.Ledgers;

internal enum LedgerLineKind
{
    Effect,
    Decision,
}
