using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice;

namespace StudioUnderTest;

/// <summary>A workspace whose agent talks as long and as fast as its prompt says, word by word.</summary>
internal static class Talk
{
    private static readonly RuntimeSpec Spec = Define.Runtime(
        Define.Tenant("studio-talk", "v1"), [Define.Specialist("talker", "claude-haiku-4-5", "You talk.", [])]);

    public static Workspace Workspace { get; } = Define.Workspace(
        "Talk", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new() { Interpreter = Interpreter.FromClient(new Talker()) })));

    /// <summary>What is said: numbered words, so that a test sees when one is missing or comes twice.</summary>
    /// <param name="Words">How many.</param>
    /// <param name="PerSecond">How many in a second; 0: as many as can be.</param>
    /// <param name="HoldAt">Before which word a test can hold it, at the place <c>talk</c>; null: nowhere.</param>
    /// <param name="BreakAt">Before which word the connection breaks while there is a file <c>break-talk</c>; null: it holds.</param>
    private sealed record Speech(int Words, int PerSecond = 0, int? HoldAt = null, int? BreakAt = null);

    private sealed class Talker : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var prompt = messages.Last(message => message.Role == ChatRole.User).Text;
            var speech = JsonSerializer.Deserialize<Speech>(prompt, JsonSerializerOptions.Web)!;
            var id = Guid.NewGuid().ToString("N");
            var clock = Stopwatch.StartNew();
            for (var word = 0; word < speech.Words; word++)
            {
                if (word == speech.HoldAt) await Hold.PassAsync("talk", cancellationToken);
                if (word == speech.BreakAt && File.Exists("break-talk")) throw new HttpRequestException("The model's server closed the connection.");
                if (speech.PerSecond > 0)
                {
                    var ahead = TimeSpan.FromSeconds((double)word / speech.PerSecond) - clock.Elapsed;
                    if (ahead > TimeSpan.Zero) await Task.Delay(ahead, cancellationToken);
                }

                yield return new(ChatRole.Assistant, Word(word)) { MessageId = id, ResponseId = id };
            }

            yield return new(ChatRole.Assistant, []) { MessageId = id, ResponseId = id, FinishReason = ChatFinishReason.Stop };
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        /// <summary>Paragraphs, headings, lists and emphasis, as models write them.</summary>
        private static string Word(int number)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"w{number}");
            return (number % 60) switch
            {
                0 => $"\n\n## Part {text}\n\n",
                24 or 36 or 48 => $"\n- {text} ",
                7 => $"**{text}** ",
                9 => $"`{text}` ",
                _ => $"{text} ",
            };
        }
    }
}
