using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;

namespace Sluice.OpenAI.Tests.Failures;

/// <summary>A planted key and a planted header, looked for in whatever can be seen from outside.</summary>
public sealed class PlantedKeyTests
{
    private const string Header = "header-planted-9876543210";

    private static ModelProviderSettings Settings { get; } = Samples.Settings with { Headers = new Dictionary<string, string> { ["X-Gateway"] = $"Token {Header}" } };

    public static TheoryData<int, string, string> Echoes => new()
    {
        { 401, "application/json", $$$"""{"error":{"message":"Incorrect API key provided: {{{Samples.Key}}}. Token {{{Header}}}.","code":"invalid_api_key"}}""" },
        { 500, "text/plain", $"trace: Authorization: Bearer {Samples.Key}; X-Gateway: {Header}" },
        { 502, "text/html", $"<html>{Samples.Key}</html>" },
        { 200, "text/event-stream", $$$"""data: {"error":{"message":"key {{{Samples.Key}}} of {{{Header}}} failed"}}""" + "\n\n" },
        { 200, "text/event-stream", $$$"""data: {"choices":[{"index":0,"delta":{},"finish_reason":"{{{Samples.Key}}}"}]}""" + "\n\n" },
        { 200, "text/event-stream", $"data: {Samples.Key}\n\n" },
        { 200, "text/event-stream", "" },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task Failure_OfAnEndpointThatSendsTheKeyBack_DoesNotShowIt(int status, string contentType, string body)
    {
        await using var server = await LocalModelServer.StartAsync(_ => new() { Status = status, ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) });
        using var client = Samples.Client(server, Settings);
        using var seen = new Onlooker();

        var failure = await client.FailAsync();

        IsClean(failure.ToString());
        IsClean(JsonSerializer.Serialize(failure.ToErrorInfo()));
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException) cause.Data.Count.ShouldBe(0);
        IsClean(((object)client).ToString()!);
        IsClean(Settings.ToString());
        IsClean(seen.All());
        server.Requests.ShouldHaveSingleItem().Headers["authorization"].ShouldContain(Samples.Key, customMessage: "the key was used");
        server.Requests[0].Headers["x-gateway"].ShouldContain(Header);
    }

    [Fact]
    public async Task Call_ThatSucceeds_LeavesNoTraceOfTheKey()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, Samples.Turn));
        using var client = Samples.Client(server, Settings);
        using var seen = new Onlooker();

        await client.AskAsync();

        IsClean(seen.All());
        seen.Activities.ShouldBeGreaterThan(0, "the onlooker must have seen the call");
        seen.Events.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Failure_WithALetterForAKey_KeepsItsMessage()
    {
        await using var server = await LocalModelServer.StartAsync(_ => ChatCompletions.Error(404, "not_found_error", null, "model 'x' not found"));
        using var client = Samples.Client(server, new() { ApiKey = "x" });

        (await client.FailAsync()).Message.ShouldContain("model 'x' not found");
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("sk-planted-0123456789abcdef\n")]
    [InlineData("sk-planted-0123456789abcdef x")]
    [InlineData("sk-planted-0123456789abcdefü")]
    public void Key_ThatNoHeaderCanHold_IsRefusedWithoutBeingShown(string key)
    {
        var refusal = Should.Throw<ProviderException>(() => new OpenAIModelProvider().CreateClient(new() { ApiKey = key }));

        refusal.Code.ShouldBe(ErrorCodes.ProviderAuth);
        IsClean(refusal.ToString());
    }

    [Theory]
    [InlineData("X-Gateway", $"{Header}\r\nX-Other: 1")]
    [InlineData("X Gateway", Header)]
    [InlineData("", Header)]
    public void Header_ThatHttpDoesNotAllow_IsRefusedWithoutBeingShown(string name, string value)
    {
        var refusal = Should.Throw<SluiceException>(() => Samples.Client(BytesHandler.Of(""), Samples.Settings with { Headers = new Dictionary<string, string> { [name] = value } }));

        refusal.Code.ShouldBe(ErrorCodes.InvalidOptions);
        IsClean(refusal.ToString());
    }

    private static void IsClean(string text)
    {
        text.ShouldNotContain(Samples.Key);
        text.ShouldNotContain(Header);
    }

    /// <summary>Sees every activity and every event of HTTP and of the SDK.</summary>
    private sealed class Onlooker : EventListener
    {
        private readonly StringBuilder _seen = new();
        private readonly ActivityListener _activities;

        public Onlooker()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Note,
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public int Activities { get; private set; }

        public int Events { get; private set; }

        public string All()
        {
            lock (_activities) return _seen.ToString();
        }

        public override void Dispose()
        {
            _activities.Dispose();
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.ClientModel" || eventSource.Name.Contains("OpenAI", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (_activities is null) return;
            lock (_activities)
            {
                Events++;
                _seen.AppendLine($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new([]))}");
            }
        }

        private void Note(Activity activity)
        {
            lock (_activities)
            {
                Activities++;
                _seen.AppendLine(activity.DisplayName).AppendLine(activity.StatusDescription);
                foreach (var (name, value) in activity.TagObjects) _seen.AppendLine($"{name}={value}");
                foreach (var happened in activity.Events) _seen.AppendLine($"{happened.Name} {string.Join(' ', happened.Tags)}");
            }
        }
    }
}
