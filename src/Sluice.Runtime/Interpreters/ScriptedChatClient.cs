using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>
/// Reads the frame's prompt as a script and answers with its next step. It keeps nothing between calls: how far a frame has come is the
/// number of assistant messages after the prompt, so a resumed run goes on at the right step.
/// </summary>
/// <param name="find">Finds the script for a prompt that is none itself, and the results so far; null: every prompt is a script.</param>
internal sealed class ScriptedChatClient(Func<string, IReadOnlyList<JsonElement>, Script?>? find = null) : StatelessChatClient
{
    protected override IReadOnlyList<AIContent> Answer(IEnumerable<ChatMessage> messages)
    {
        var history = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var prompt = history.Count - 1;
        while (prompt >= 0 && history[prompt].Role != ChatRole.User) prompt--;
        if (prompt < 0) throw new SluiceException(ErrorCodes.InvalidScript, "There is no prompt to read a script from.");

        var turns = 0;
        var calls = 0;
        for (var index = prompt + 1; index < history.Count; index++)
        {
            if (history[index].Role != ChatRole.Assistant) continue;
            turns++;
            foreach (var content in history[index].Contents)
                if (content is FunctionCallContent) calls++;
        }

        var results = new ScriptResults(history, prompt);
        var script = ScriptReader.Read(find?.Invoke(history[prompt].Text, results.All(calls))?.ToString() ?? history[prompt].Text);
        return turns < script.Count ? script[turns].ToContents(calls, results) : [];
    }
}
