using Sluice.Journal;

namespace Sluice.Runtime.Audit;

/// <summary>An entry and what it says.</summary>
internal readonly record struct AuditStep(JournalEntry Entry, JournalData Data);
