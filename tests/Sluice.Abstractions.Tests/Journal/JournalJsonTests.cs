using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Journal;

namespace Sluice.Abstractions.Tests.Journal;

public sealed class JournalJsonTests
{
    public static TheoryData<string> Kinds { get; } = [.. JournalSamples.Full.Keys];

    [Fact]
    public void Samples_OfTheJournal_CoverEveryKindByItsName()
    {
        foreach (var samples in (IReadOnlyDictionary<string, JournalData>[])[JournalSamples.Full, JournalSamples.Required])
            samples.Select(sample => (sample.Key, JournalJson.KindOf(sample.Value))).ShouldBe(
                Enum.GetValues<JournalEntryKind>().Select(kind => (JsonSerializer.Serialize(kind).Trim('"'), kind)), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_OfEveryKind_IsAsAgreed(string kind)
    {
        JournalText.Of(JournalSamples.Full[kind]).ShouldBe(GoldenFile.Read("Journal", $"{kind}.full"));
        JournalText.Of(JournalSamples.Required[kind]).ShouldBe(GoldenFile.Read("Journal", $"{kind}.required"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfWhatWasWritten_IsTheSame(string kind)
    {
        foreach (var data in (JournalData[])[JournalSamples.Full[kind], JournalSamples.Required[kind]])
        {
            var read = JournalJson.Read(JournalJson.KindOf(data), JournalText.Bytes(data));

            read.ShouldBeOfType(data.GetType());
            JournalText.Of(read).ShouldBe(JournalText.Of(data));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_WithPropertiesThatAreNotKnown_IgnoresThem(string kind)
    {
        var data = JournalSamples.Full[kind];
        var newer = JsonNode.Parse(JournalText.Of(data))!.AsObject();
        newer["later"] = new JsonArray(1, 2);

        JournalText.Of(Read(data, newer)).ShouldBe(JournalText.Of(data));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_WithoutAnOptionalProperty_FallsBackToItsDefault(string kind)
    {
        var required = JournalSamples.Required[kind];

        var read = Read(required, JsonNode.Parse(JournalText.Of(required))!);

        read.ShouldBeOfType(required.GetType());
        foreach (var (property, expected) in required.GetType().GetProperties().Select(property => (property, property.GetValue(required))))
        {
            if (expected is null or bool or int or long or string) property.GetValue(read).ShouldBe(expected, property.Name);
        }
    }

    [Fact]
    public void Read_OfARequestFromBeforeAPropertyExisted_HasTheDefaultsOfItsType()
    {
        var data = JournalSamples.Required["approval_requested"];
        var older = JsonNode.Parse(JournalText.Of(data))!.AsObject();
        foreach (var name in (string[])["status", "decisions", "version"]) older["request"]!.AsObject().Remove(name).ShouldBeTrue();

        var request = Read(data, older).ShouldBeOfType<ApprovalRequestedData>().Request;

        (request.Version, request.Decisions.Count, request.Status).ShouldBe((1, 0, ApprovalStatus.Pending));
    }

    [Fact]
    public void Read_OfACompactionFromBeforeItSaidWhatWasFolded_HasTheDefaultsOfItsType()
    {
        const string Older = """{"toolResultsFolded":3,"turnsFolded":2,"tokensBefore":190000,"tokensAfter":40000}""";

        var folded = (HistoryCompactedData)JournalJson.Read(JournalEntryKind.HistoryCompacted, Encoding.UTF8.GetBytes(Older));

        (folded.Results.Count, folded.Summary, folded.Model, folded.Usage.TotalTokens).ShouldBe((0, null, null, 0));
    }

    [Fact]
    public void Read_OfAToolThatAnsweredNull_IsAResultAndNotItsAbsence()
    {
        var data = new ToolCompletedData { ToolName = "find", Result = JsonElement.Parse("null") };

        var read = (ToolCompletedData)JournalJson.Read(JournalEntryKind.ToolCompleted, JournalText.Bytes(data));

        read.Result.ShouldNotBeNull().ValueKind.ShouldBe(JsonValueKind.Null);
        JournalText.Of(read).ShouldBe("""{"toolName":"find","result":null}""");
    }

    [Fact]
    public void Write_OfStampedEvents_LeavesTheirStampsToTheJournal()
    {
        var stamped = new TextEvent { Text = "Hi", RunId = "run-1", ThreadId = "thread-1", Sequence = 7, At = JournalSamples.Noon, Agent = "a", ParentToolUseId = "c" };

        JournalText.Of(new EventEmittedData { Events = [stamped] }).ShouldBe("""{"events":[{"type":"text","text":"Hi"}]}""");
    }

    [Theory]
    [InlineData(JournalEntryKind.ToolStarted, "")]
    [InlineData(JournalEntryKind.ToolStarted, "null")]
    [InlineData(JournalEntryKind.ToolStarted, "[]")]
    [InlineData(JournalEntryKind.ToolStarted, """{"toolName":"post"}""")]
    [InlineData(JournalEntryKind.ToolStarted, """{"toolName":null,"attempt":1}""")]
    [InlineData(JournalEntryKind.ToolStarted, """{"toolName":"post","attempt":"1"}""")]
    [InlineData(JournalEntryKind.TurnCompleted, """{"turn":1,"parts":[{"type":"text"}],"usage":{},"latencyMs":0}""")]
    [InlineData(JournalEntryKind.TurnCompleted, """{"turn":1,"parts":[{"type":"smell","text":"x"}],"usage":{},"latencyMs":0}""")]
    [InlineData(JournalEntryKind.RunEnded, """{"toolName":"post","attempt":1}""")]
    public void Read_OfWhatIsNotOfTheKind_IsRefused(JournalEntryKind kind, string json) =>
        Should.Throw<JsonException>(() => JournalJson.Read(kind, Encoding.UTF8.GetBytes(json)));

    private static JournalData Read(JournalData like, JsonNode json) =>
        JournalJson.Read(JournalJson.KindOf(like), Encoding.UTF8.GetBytes(json.ToJsonString()));
}
