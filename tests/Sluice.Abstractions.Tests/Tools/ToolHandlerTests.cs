using System.Text.Json;
using Sluice.Tests.Schemas;

namespace Sluice.Tests.Tools;

public sealed class ToolHandlerTests
{
    private sealed record Query(string Words, int Limit = 10);

    private sealed record Answer(int Count, string? Note);

    [Fact]
    public async Task TypedHandler_ReadsArguments_AndWritesTheResult()
    {
        var handler = ToolHandler.Create<Query, Answer>((query, _) => Task.FromResult(new Answer(query.Limit, query.Words)));

        var result = await handler.InvokeAsync(JsonElement.Parse("""{"words":"boots"}"""), new RecordingToolContext());

        result.GetRawText().ShouldBe("""{"count":10,"note":"boots"}""");
    }

    [Theory]
    [InlineData("""{"limit":3}""", "words")]
    [InlineData("""{"words":null}""", "words")]
    [InlineData("""{"words":"a","limit":"3"}""", "$.limit")]
    [InlineData("""{"words":"a","limit":99999999999}""", "$.limit")]
    [InlineData("""{"words":"a","words":"b"}""", "words")]
    [InlineData("null", "null")]
    [InlineData("[]", "$")]
    public async Task UnreadableArguments_AreInvalidArguments_AndTheHandlerDoesNotRun(string arguments, string place)
    {
        var handler = ToolHandler.Create<Query>((_, _) => throw new InvalidOperationException("It ran."));

        var exception = await Should.ThrowAsync<SluiceException>(async () =>
            await handler.InvokeAsync(JsonElement.Parse(arguments), new RecordingToolContext()));

        exception.Code.ShouldBe(ErrorCodes.InvalidArguments);
        exception.Message.ShouldContain(place);
    }

    public static TheoryData<object?, string> Results => new()
    {
        { null, "null" },
        { "text", "\"text\"" },
        { 1.5m, "1.5" },
        { JsonElement.Parse("""{"a":[1]}"""), """{"a":[1]}""" },
        { default(JsonElement), "null" },
        { Sample.Season.LateSummer, "\"late_summer\"" },
        { new[] { new { FirstName = "ä" } }, """[{"firstName":"ä"}]""" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task Result_OfAnyType_IsWrittenAsWhatItIs(object? result, string json)
    {
        var handler = ToolHandler.Create<Query>((_, _) => Task.FromResult(result));

        (await handler.InvokeAsync(JsonElement.Parse("""{"words":""}"""), new RecordingToolContext())).GetRawText().ShouldBe(json);
    }

    [Fact]
    public async Task Envelope_IsWrittenWithTimesAsInEvents_AndWithoutAnAbsentExpiry()
    {
        var envelope = new ReferenceEnvelope
        {
            Kind = "Rows",
            Id = "ref-" + new string('0', 32),
            Glimpse = JsonElement.Parse("1"),
            Bytes = 1,
            CreatedAt = new DateTimeOffset(2026, 1, 31, 14, 0, 0, 5, TimeSpan.FromHours(2)),
        };
        var handler = ToolHandler.Create<Query, ReferenceEnvelope>((_, _) => Task.FromResult(envelope));

        var result = await handler.InvokeAsync(JsonElement.Parse("""{"words":""}"""), new RecordingToolContext());

        result.GetProperty("createdAt").GetString().ShouldBe("2026-01-31T12:00:00.005Z");
        result.TryGetProperty("expiresAt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task ElementOfADocument_OutlivesTheDocument()
    {
        var document = JsonDocument.Parse("""{"a":1}""");
        var handler = ToolHandler.Create<Query, JsonElement>((_, _) => Task.FromResult(document.RootElement));

        var result = await handler.InvokeAsync(JsonElement.Parse("""{"words":""}"""), new RecordingToolContext());
        document.Dispose();

        result.GetProperty("a").GetInt32().ShouldBe(1);
    }

    public static TheoryData<object> ForgottenTasks => [Task.FromResult(1), Task.CompletedTask, new ValueTask<int>(1), default(ValueTask)];

    [Theory]
    [MemberData(nameof(ForgottenTasks))]
    public async Task TaskAsAResult_IsRefused_BecauseItWasNotAwaited(object task)
    {
        var handler = ToolHandler.Create<Query>((_, _) => Task.FromResult<object?>(task));

        var exception = await Should.ThrowAsync<SluiceException>(async () =>
            await handler.InvokeAsync(JsonElement.Parse("""{"words":""}"""), new RecordingToolContext()));

        exception.Code.ShouldBe(ErrorCodes.InvalidResult);
        exception.Message.ShouldContain("Await it");
    }

    [Fact]
    public void TaskAsATypedResult_IsRefusedAtOnce() =>
        Should.Throw<NotSupportedException>(() => ToolHandler.Create<Query, ValueTask<int>>((_, _) => Task.FromResult(new ValueTask<int>(1))))
            .Message.ShouldContain("Await it");

    [Fact]
    public async Task UnwritableResult_IsAnInvalidResult()
    {
        var cycle = new List<object>();
        cycle.Add(cycle);
        foreach (var unwritable in new object[] { cycle, double.NaN, (Action)(() => { }) })
        {
            var handler = ToolHandler.Create<Query>((_, _) => Task.FromResult<object?>(unwritable));

            (await Should.ThrowAsync<SluiceException>(async () =>
                await handler.InvokeAsync(JsonElement.Parse("""{"words":""}"""), new RecordingToolContext()))).Code.ShouldBe(ErrorCodes.InvalidResult);
        }
    }

    [Fact]
    public async Task HandlersException_PassesThrough_WhetherItIsThrownAtOnceOrLater()
    {
        var arguments = JsonElement.Parse("""{"words":""}""");
        var atOnce = ToolHandler.Create<Query>((_, _) => throw new TimeoutException());
        var later = ToolHandler.Create<Query>(async (_, _) =>
        {
            await Task.Yield();
            throw new TimeoutException();
        });

        await Should.ThrowAsync<TimeoutException>(async () => await atOnce.InvokeAsync(arguments, new RecordingToolContext()));
        await Should.ThrowAsync<TimeoutException>(async () => await later.InvokeAsync(arguments, new RecordingToolContext()));
    }
}
