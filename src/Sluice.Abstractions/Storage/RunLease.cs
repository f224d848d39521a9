namespace Sluice.Storage;

/// <summary>The right to write to a run. A newer one of the same run makes it void.</summary>
/// <param name="Owner">Who holds it: one runtime in one process.</param>
/// <param name="Token">The fencing token: each lease of a run has a larger one than those before.</param>
public readonly record struct RunLease(string Owner, long Token)
{
    /// <summary>The lease that the first append of a new run takes.</summary>
    /// <param name="owner">Who appends.</param>
    public static RunLease First(string owner) => new(owner, 1);
}
