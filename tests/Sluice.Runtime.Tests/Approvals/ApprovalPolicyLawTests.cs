using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Runtime.Tests.Approvals;

public sealed class ApprovalPolicyLawTests
{
    private static readonly string[] People = ["ana", "ben", "cy", "dora"];

    [Fact]
    public void LockedFloor_AnyNarrowerRules_ResultIsNeverLessStrict() =>
        Prop.ForAll(Levels(), levels =>
        {
            using var runtime = new ApprovalPolicyTests.Explained(ApprovalPolicyTests.SpecOf(levels, locked: true));
            var result = runtime.Of("post").Policy;
            var floor = levels[5]!;
            return IsAtLeast(result, floor) && CanBeReached(result);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void OpenFloor_AnyRules_ResultIsTheFirstThatHasAnOpinion() =>
        Prop.ForAll(Levels(), levels =>
        {
            using var runtime = new ApprovalPolicyTests.Explained(ApprovalPolicyTests.SpecOf(levels));
            return runtime.Of("post").Policy with { Predicate = null } == levels.First(level => level is { Mode: not ApprovalMode.Default });
        }).QuickCheckThrowOnFailure();

    private static bool IsAtLeast(ApprovalPolicy result, ApprovalPolicy floor)
    {
        if (result.Mode < floor.Mode) return false;
        if (floor.Mode == ApprovalMode.Dynamic && result.Mode == ApprovalMode.Dynamic && result.PredicateId != floor.PredicateId) return false;
        if (result.Mode == ApprovalMode.Never) return true;
        return result.Quorum >= floor.Quorum
            && (floor.Approvers.Count == 0 || (result.Approvers.Count > 0 && result.Approvers.All(floor.Approvers.Contains)))
            && (floor.ExpiresAfter is null || result.ExpiresAfter <= floor.ExpiresAfter);
    }

    private static bool CanBeReached(ApprovalPolicy policy) => policy.Approvers.Count == 0 || policy.Quorum <= policy.Approvers.Count;

    /// <summary>Rules on all levels; the last one, the floor, always has an opinion. Every policy can be satisfied by itself.</summary>
    private static Arbitrary<ApprovalPolicy?[]> Levels()
    {
        var policy =
            from mode in Gen.Elements(ApprovalMode.Never, ApprovalMode.Dynamic, ApprovalMode.Always)
            from predicate in Gen.Elements("p1", "p2")
            from approvers in Gen.SubListOf(People)
            from quorum in Gen.Choose(1, approvers.Count == 0 ? 4 : approvers.Count)
            from hours in Gen.Choose(0, 5)
            select new ApprovalPolicy
            {
                Mode = mode,
                PredicateId = mode == ApprovalMode.Dynamic ? predicate : null,
                Approvers = [.. approvers],
                Quorum = quorum,
                ExpiresAfter = hours == 0 ? null : TimeSpan.FromHours(hours),
            };
        var maybe = Gen.Frequency((2, Gen.Constant<ApprovalPolicy?>(null)), (1, Gen.Constant<ApprovalPolicy?>(Approval.Default)), (3, policy.Select(p => (ApprovalPolicy?)p)));
        var levels = from narrow in Gen.ArrayOf(maybe, 5) from floor in policy select (ApprovalPolicy?[])[.. narrow, floor];
        return Arb.From(levels);
    }
}
