using System.Text.Json;
using Sluice.Json;

namespace Sluice.Tests.Approvals;

public sealed class ApprovalPolicyConverterTests
{
    public static TheoryData<ApprovalPolicy, string> Policies => new()
    {
        { Approval.Always, "\"always\"" },
        { Approval.Default, "\"default\"" },
        { Approval.Dynamic("big"), """{"mode":"dynamic","predicateId":"big"}""" },
        { Approval.Never with { Quorum = 2 }, """{"mode":"never","quorum":2}""" },
        { Approval.Always with { ExpiresAfter = TimeSpan.FromTicks(15_001) }, """{"mode":"always","expiresAfterMs":1.5001}""" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Policy_IsItsModeAlone_OrAnObjectWithWhatIsSet(ApprovalPolicy policy, string json)
    {
        JsonSerializer.Serialize(policy, SluiceJson.Options).ShouldBe(json);

        JsonSerializer.Serialize(JsonSerializer.Deserialize<ApprovalPolicy>(json, SluiceJson.Options), SluiceJson.Options).ShouldBe(json);
    }

    [Fact]
    public void UnknownProperties_AreIgnored() =>
        JsonSerializer.Deserialize<ApprovalPolicy>("""{"since":"2.0","mode":"always","approvers":["ana"]}""", SluiceJson.Options)!
            .Approvers.ShouldBe(["ana"]);

    [Theory]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("\"sometimes\"")]
    [InlineData("""{"mode":"always","quorum":"2"}""")]
    [InlineData("""{"mode":"always","expiresAfterMs":"2"}""")]
    [InlineData("""{"mode":"always","predicateId":2}""")]
    [InlineData("""{"mode":"always","approvers":"ana"}""")]
    public void WrongShapes_AreJsonErrors(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ApprovalPolicy>(json, SluiceJson.Options));
}
