using Sluice.Journal;

namespace Sluice.Runtime.Runs;

/// <summary>What people refused in a run, by digest: it is not asked again.</summary>
internal sealed class RefusedCalls
{
    private Dictionary<string, ApprovalDecidedData>? _byDigest;

    public void Add(ApprovalDecidedData verdict) => (_byDigest ??= new(StringComparer.Ordinal))[verdict.Digest] = verdict;

    /// <summary>The verdict on a digest; null when it was not refused.</summary>
    public ApprovalDecidedData? Find(string digest) => _byDigest?.GetValueOrDefault(digest);
}
