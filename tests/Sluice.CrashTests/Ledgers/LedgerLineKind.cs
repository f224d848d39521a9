namespace Sluice.CrashTests.Ledgers;

internal enum LedgerLineKind
{
    Effect,
    Decision,

    /// <summary>Somebody saw that a run had ended.</summary>
    End,
}
