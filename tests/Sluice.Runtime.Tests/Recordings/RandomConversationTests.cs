using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Testing;
using static Sluice.Runtime.Tests.Recordings.Recorder;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>For any conversation, recording and replaying it gives the answer's parts back as they were, and no other conversation gets them.</summary>
public sealed class RandomConversationTests : IDisposable
{
    private const int Conversations = 300;
    private const string Digits = "0123456789abcdef";

    private static readonly string[] Texts =
    [
        "", " ", "plain", "⟨", "⟩", "⟨ref-1⟩", "⟨⟨time⟩", "⟨=volatile-1⟩", "***", "\"quoted\"\n\t\\u0041", "🙂", "é\u0301", "\0", "{\"a\":1}", "=", "7", "12:00:00", "[x](y)",
    ];

    private readonly CassettePath _cassette = new();
    private readonly Random _random = new(20260101);

    [Fact]
    public async Task RecordThenReplay_OfAnyConversation_IsTheIdentityOnParts()
    {
        var options = new CassetteOptions
        {
            Volatile = [.. ((string[])["[0-9]{2}:[0-9]{2}:[0-9]{2}", "^7$"]).Select(pattern =>
                new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10)))],
        };
        var recorded = new List<(IReadOnlyList<ChatMessage> Request, ChatMessage Answer)>();
        for (var number = 0; number < Conversations; number++)
        {
            // The first message keeps the conversations apart.
            IReadOnlyList<ChatMessage> request = [User($"conversation {number}"), .. Enumerable.Range(0, _random.Next(6)).SelectMany(_ => Turn())];
            var answer = new ChatMessage(ChatRole.Assistant, [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Content())]);
            using var client = Record(_cassette.File, FunctionChatClient.Replies(answer), options);
            await client.GetResponseAsync(request);
            recorded.Add((request, answer));
        }

        using var replay = Replay(_cassette.File, options);
        foreach (var (request, answer) in recorded.Shuffle())
            Outline((await replay.GetResponseAsync(request)).Messages).ShouldBe(Outline([answer]));
    }

    public void Dispose() => _cassette.Dispose();

    /// <summary>The parts, with texts that follow each other as one: that a stream came in pieces is not kept.</summary>
    private static List<string> Outline(IEnumerable<ChatMessage> messages)
    {
        var parts = new List<string>();
        foreach (var content in messages.SelectMany(message => message.Contents))
        {
            if (content is TextContent { Text: var text })
            {
                if (text.Length == 0) continue;
                if (parts is [.., var last] && last.StartsWith("text ", StringComparison.Ordinal)) parts[^1] += text;
                else parts.Add($"text {text}");
            }
            else
            {
                parts.Add(content switch
                {
                    TextReasoningContent reasoning => $"reasoning {reasoning.Text} {reasoning.ProtectedData}",
                    FunctionCallContent call => $"call {call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments, Json.SluiceJson.Options)}",
                    _ => JsonSerializer.Serialize(content, AIJsonUtilities.DefaultOptions),
                });
            }
        }

        return parts;
    }

    private IEnumerable<ChatMessage> Turn()
    {
        if (_random.Next(2) == 0) return [User(Text())];
        var id = $"call{_random.Next(3)}";
        return
        [
            new(ChatRole.Assistant, [Content(), new FunctionCallContent(id, "look", Arguments())]),
            new(ChatRole.Tool, [new FunctionResultContent(id, Value(0))]),
        ];
    }

    private AIContent Content() => _random.Next(5) switch
    {
        0 => new FunctionCallContent($"call{_random.Next(100)}", Text(), Arguments()),
        1 => new TextReasoningContent(Text()) { ProtectedData = $"signed {Text()}" },
        2 => new DataContent(new byte[] { 1, 2, (byte)_random.Next(256) }, "image/png"),
        _ => new TextContent(Text()),
    };

    private Dictionary<string, object?> Arguments() =>
        Enumerable.Range(0, _random.Next(4)).Select(_ => Text()).Distinct().ToDictionary(name => name, _ => (object?)Value(0));

    private JsonElement Value(int depth) => JsonSerializer.SerializeToElement<object?>(_random.Next(depth < 4 ? 7 : 5) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => _random.Next(10),
        3 => _random.NextDouble() * 1e20,
        4 => Text(),
        5 => Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1)).ToArray(),
        _ => Enumerable.Range(0, _random.Next(4)).Select(_ => Text()).Distinct().ToDictionary(name => name, _ => Value(depth + 1)),
    });

    private string Text() => string.Concat(Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => _random.Next(4) == 0 ? Id() : Texts[_random.Next(Texts.Length)]));

    /// <summary>An id of the runtime, out of few, so that answers repeat those of requests.</summary>
    private string Id()
    {
        var digits = new string(Digits[_random.Next(3)], 32);
        return _random.Next(6) switch
        {
            0 => $"run-{digits}",
            1 => $"thread-{digits}",
            2 => $"approval-{digits}",
            3 => $"plan-{digits[..16]}",
            4 => digits + digits,
            _ => $" {digits} ",
        };
    }
}
