using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Json;

namespace Sluice.Cli.Run;

/// <summary>A plan's body in the editor of whoever decides on it.</summary>
/// <param name="note">Tells what is wrong with what was written.</param>
/// <param name="aside">Runs something that has the terminal to itself.</param>
internal sealed class PlanEdit(Action<string> note, Func<Func<Task>, Task> aside)
{
    public static readonly JsonSerializerOptions Indented = new(SluiceJson.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        // It is shown on a terminal and in an editor, never in a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, string> _drafts = new(StringComparer.Ordinal);

    /// <summary>Opens the editor. What was written for the same request before, and was not accepted, is still there.</summary>
    /// <returns>The body as it was written; null: it is as it was, or no plan's body.</returns>
    public async Task<JsonElement?> EditAsync(Question question, CancellationToken cancellationToken)
    {
        if (!question.Payload.TryGetProperty("body", out var body)) return null;
        var before = JsonSerializer.Serialize(body, Indented) + "\n";
        var text = await TryWriteAsync(_drafts.GetValueOrDefault(question.Id, before), cancellationToken);
        if (text is null) return null;
        _drafts[question.Id] = text;
        return Read(text, body);
    }

    private JsonElement? Read(string text, JsonElement body)
    {
        try
        {
            var written = JsonElement.Parse(text);
            if (JsonElement.DeepEquals(written, body))
            {
                note("The plan is as it was, and nothing is decided.");
                return null;
            }

            if (Problem(written, body) is not { } problem) return written;
            note(problem);
        }
        catch (JsonException exception)
        {
            note($"That is no JSON: {exception.Message} Nothing is lost: 'edit' goes on with your text.");
        }

        return null;
    }

    /// <summary>An answer replaces members of a body; it cannot take one away.</summary>
    private static string? Problem(JsonElement written, JsonElement body)
    {
        if (written.ValueKind != JsonValueKind.Object) return "A plan's body is a JSON object. Nothing is lost: 'edit' goes on with your text.";
        string[] missing = [.. body.EnumerateObject().Select(member => member.Name).Where(name => !written.TryGetProperty(name, out _))];
        return missing.Length == 0 ? null : $"An edit cannot take members away, and {string.Join(", ", missing)} is missing. 'edit' goes on with your text; 'revise' asks the agent.";
    }

    private async Task<string?> TryWriteAsync(string text, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-plan-");
        try
        {
            var file = Path.Combine(folder.FullName, "plan.json");
            await File.WriteAllTextAsync(file, text, cancellationToken);
            var exitCode = 0;
            await aside(async () => exitCode = await RunEditorAsync(file, cancellationToken));
            if (exitCode == 0) return await File.ReadAllTextAsync(file, cancellationToken);
            note($"The editor '{Editor}' ended with {exitCode}, and nothing is decided. VISUAL or EDITOR names another one.");
            return null;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            note($"The editor '{Editor}' does not start: {exception.Message} VISUAL or EDITOR names another one.");
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Editor => Variable("VISUAL") ?? Variable("EDITOR") ?? (OperatingSystem.IsWindows() ? "notepad" : "vi");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The variables hold a command line, such as <c>code --wait</c>. Ctrl+C is the editor's: the shell around it waits on.</summary>
    private static async Task<int> RunEditorAsync(string file, CancellationToken cancellationToken)
    {
        using var held = Interruption.Hold();
        using var process = Process.Start(OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", $"{Editor} \"{file}\""]) : new("/bin/sh", ["-c", $"trap : INT; {Editor} \"$1\"", "sh", file]))!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }
}
