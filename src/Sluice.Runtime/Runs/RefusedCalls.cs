using Sluice.Journal;

namespace Sluice.Runtime.Runs;

/// <summary>What people refused in a run, by digest: it is not asked again.</summary>
internal sealed class RefusedCalls
{
    private Dictionary<string, ApprovalDecidedData>? _byDigest;

    /// <summary>Notes a verdict if it is a refusal. What a person says of an effect in doubt is none.</summary>
    public void Add(ApprovalDecidedData verdict)
    {
        if (verdict.Outcome is ApprovalOutcome.Reject or ApprovalOutcome.Revise)
            (_byDigest ??= new(StringComparer.Ordinal))[verdict.Digest] = verdict;
    }

    /// <summary>The verdict on a digest; null when it was not refused.</summary>
    public ApprovalDecidedData? Find(string digest) => _byDigest?.GetValueOrDefault(digest);
}
