using Sluice.Postgres.Waiting;
using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Waiting;

public sealed class WakeKeyTests
{
    [Fact]
    public void Payload_OfSeveralKeys_GivesThemBackAndNamesNobody()
    {
        WakeKey[] keys = [WakeKey.OfRun(Tenant, "run-1"), WakeKey.OfRun(Tenant, "run-2"), WakeKey.OfApprovals(Tenant)];

        var payload = string.Concat(keys);

        WakeKey.Parse(payload).ShouldBe(keys);
        payload.ShouldNotContain("run");
        keys.Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("what is this, it is no key at all")]
    [InlineData("0123")]
    public void Payload_OfSomebodyElse_HoldsNoKeys(string payload) => WakeKey.Parse(payload).ShouldBeEmpty();
}
