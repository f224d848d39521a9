using System.Text.Json;

namespace Sluice.Abstractions.Tests.Events;

public sealed class EventJsonTests
{
    private static readonly string[] Stamps = ["type", "runId", "threadId", "sequence", "at", "agent", "parentToolUseId"];

    public static TheoryData<string> Types { get; } = [.. EventSamples.All.Select(sample => sample.Type)];

    /// <summary>What the specification's table of events says, type by type.</summary>
    private static readonly Dictionary<string, string> Specified = new()
    {
        ["run_start"] = "promptDigest entryAgent",
        ["step_start"] = "turn",
        ["text"] = "text",
        ["reasoning"] = "text",
        ["tool_invocation"] = "toolInvocationId toolName args state result error durationMs",
        ["tool_progress"] = "toolInvocationId toolName label phaseIndex totalPhases milestone",
        ["tool_agent"] = "agentName state",
        ["agent_usage"] = "agentName model usage costUsd latencyMs",
        ["approval_required"] = "id kind target payload resourceId expiresAt",
        ["approval_decision"] = "id outcome feedback decidedBy",
        ["plan_status_change"] = "planId from to label",
        ["action_status_change"] = "planId index kind status result",
        ["reference_created"] = "kind id glimpse bytes",
        ["file_registered"] = "name mediaType reference",
        ["history_compacted"] = "toolResultsFolded turnsFolded tokensBefore tokensAfter",
        ["retry"] = "provider attempt reason delayMs",
        ["cost_summary"] = "agents models total totalCostUsd",
        ["latency_summary"] = "agents models totalMs",
        ["finish"] = "finishReason limit usage",
        ["error"] = "error",
        ["custom"] = "eventType data",
    };

    [Fact]
    public void Samples_OfTheEvents_AreThoseOfTheSpecificationAndTheOnlyOnes()
    {
        EventSamples.All.Select(sample => sample.Type).ShouldBe(Specified.Keys, ignoreOrder: true);
        EventSamples.All.Select(sample => sample.Full.GetType()).ShouldBe(
            typeof(RuntimeEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RuntimeEvent))), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ToJson_OfAnEvent_IsAsAgreed(string type)
    {
        var (_, full, required) = Sample(type);

        full.ToJson().ShouldBe(GoldenFile.Read("Events", $"{type}.full"));
        required.ToJson().ShouldBe(GoldenFile.Read("Events", $"{type}.required"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ToJson_OfAnEventWithEverything_HasTypeFirstThenPlaceThenTheSpecifiedFields(string type)
    {
        using var document = JsonDocument.Parse(Sample(type).Full.ToJson());
        var names = document.RootElement.EnumerateObject().Select(property => property.Name).ToList();

        names.Take(Stamps.Length).ShouldBe(Stamps);
        names.Skip(Stamps.Length).ShouldBe(Specified[type].Split(' '), ignoreOrder: true);
        document.RootElement.GetProperty("type").GetString().ShouldBe(type);
        document.RootElement.GetProperty("at").GetString().ShouldBe("2026-01-31T12:30:05.040Z");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void FromJson_OfWhatWasWritten_IsTheSameEvent(string type)
    {
        foreach (var written in (RuntimeEvent[])[Sample(type).Full, Sample(type).Required])
        {
            var read = RuntimeEvent.FromJson(written.ToJson()).ShouldNotBeNull();

            read.ShouldBeOfType(written.GetType());
            read.ToJson().ShouldBe(written.ToJson());
            (read.RunId, read.Sequence, read.At, read.Agent).ShouldBe((written.RunId, written.Sequence, written.At, written.Agent));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void FromJson_WithPropertiesThatAreNotKnown_IgnoresThem(string type)
    {
        var json = Sample(type).Full.ToJson();
        var newer = $$"""{"later":{"deep":[1]},{{json[1..^1]}},"more":null}""";

        RuntimeEvent.FromJson(newer).ShouldNotBeNull().ToJson().ShouldBe(json);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void FromJson_WithoutOneOfItsRequiredProperties_IsRefused(string type)
    {
        var json = Sample(type).Required.ToJson();
        var required = JsonDocument.Parse(json).RootElement.EnumerateObject().Select(property => property.Name).Except(Stamps).Except(["milestone"]);

        foreach (var name in required)
        {
            var without = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
            without.Remove(name).ShouldBeTrue();
            Should.Throw<JsonException>(() => RuntimeEvent.FromJson(without.ToJsonString()), name);
        }
    }

    [Fact]
    public void FromJson_OfATypeThatIsNotKnown_IsNull() =>
        RuntimeEvent.FromJson("""{"type":"teleported","runId":"run-1","sequence":1}""").ShouldBeNull();

    [Fact]
    public void FromJson_WithTheTypeLast_IsRead() =>
        RuntimeEvent.FromJson("""{"turn":3,"runId":"run-1","type":"step_start"}""").ShouldBeOfType<StepStartEvent>().Turn.ShouldBe(3);

    [Fact]
    public void FromJson_WithoutRunAndThread_LeavesThemEmpty() =>
        RuntimeEvent.FromJson("""{"type":"text","text":"x"}""").ShouldNotBeNull().RunId.ShouldBe("");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"type":"text","text":null}""")]
    [InlineData("""{"type":"text","text":"x","at":"yesterday"}""")]
    [InlineData("""{"type":"step_start","turn":"1"}""")]
    [InlineData("""{"type":"finish","finishReason":"bored","usage":{}}""")]
    [InlineData("""{"type":"text","text":"x"} x""")]
    public void FromJson_OfWhatIsNoEvent_IsRefused(string json) => Should.Throw<JsonException>(() => RuntimeEvent.FromJson(json));

    [Fact]
    public void Durations_OfAllEvents_AreNumbersWhoseNamesEndInMs()
    {
        var durations = typeof(RuntimeEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RuntimeEvent)) || type == typeof(LatencyLine))
            .SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?));

        durations.ShouldBeEmpty();
        EventSamples.All.SelectMany(sample => Specified[sample.Type].Split(' ')).Where(name => name.EndsWith("Ms", StringComparison.Ordinal))
            .Distinct().ShouldBe(["durationMs", "latencyMs", "delayMs", "totalMs"], ignoreOrder: true);
    }

    private static (string Type, RuntimeEvent Full, RuntimeEvent Required) Sample(string type) =>
        EventSamples.All.Single(sample => sample.Type == type);
}
