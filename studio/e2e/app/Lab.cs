using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice;

namespace StudioUnderTest;

/// <summary>A workspace whose agent does what a prompt says: many events, slow work, errors, gates, hostile text.</summary>
internal static class Lab
{
    private const string HostileText = """
        # Heading

        <script>window.attacked = true</script><img src="x" onerror="window.attacked = true">

        ![a picture](https://example.com/picture.png) and [a link](javascript:window.attacked=true)

        | a | b |
        | --- | --- |
        | `code` | **bold** |
        """;

    private static readonly ToolSpec EmitMany = Define.Tool<Count>(
        "emit_many", "Emits custom events.", (arguments, context) =>
        {
            for (var index = 0; index < arguments.Number; index++) context.Emit("measurement", new { index, value = index % 97 });
            return Task.FromResult<object?>(new { emitted = arguments.Number });
        },
        effect: ToolEffect.ReadOnly);

    private static readonly ToolSpec Work = Define.Tool<Count>(
        "work", "Works for some seconds and says how far it is.", async (arguments, context) =>
        {
            for (var step = 1; step <= arguments.Number; step++)
            {
                context.Progress.Report(new() { Label = string.Create(CultureInfo.InvariantCulture, $"step {step} of {arguments.Number}") });
                await Task.Delay(TimeSpan.FromSeconds(1), context.CancellationToken);
            }

            return "worked";
        },
        effect: ToolEffect.ReadOnly);

    private static readonly ToolSpec Break = Define.Tool<Count>(
        "break", "Fails.", (_, _) => throw new InvalidOperationException("The scale is not connected."), effect: ToolEffect.ReadOnly);

    private static readonly ToolSpec Send = Define.Tool<Message>(
        "send_message", "Sends a message.", (arguments, _) => Task.FromResult<object?>(new { sent = arguments.To }), approval: Approval.Always);

    private static readonly ToolSpec Echo = Define.Tool<Value>(
        "echo", "Gives back what it is given.", (arguments, _) => Task.FromResult<object?>(arguments.Content), effect: ToolEffect.ReadOnly);

    private static readonly ToolSpec Big = Define.Tool<Count>(
        "big", "Gives back a text of so many megabytes.",
        (arguments, _) => Task.FromResult<object?>(new { lines = Enumerable.Range(0, arguments.Number * 10_000).Select(Line).ToList() }),
        effect: ToolEffect.ReadOnly, maxResultBytes: 32 * 1024 * 1024);

    private static readonly ReferenceSpec<Note> Notes = Define.Reference<Note>("Note", glimpse: note => new { about = note.Text, note.Text });

    private static readonly ToolSpec Keep = Define.Tool<Note>(
        "keep", "Stores a note.", async (note, context) => await context.References.CreateAsync(Notes, note, cancellationToken: context.CancellationToken), effect: ToolEffect.ReadOnly);

    public static Workspace Workspace { get; } = Define.Workspace("Lab", Spec(), request => SluiceRuntime.Create(Spec(), request.Apply(new() { Interpreter = Interpreter.Scripted })), new Dictionary<string, object?>
    {
        ["prompts"] = new[]
        {
            new { title = "Emit ten thousand events", prompt = (string)Script.Of(Script.Call("emit_many", new { number = 10_000 }), Script.Text("Done.")) },
            new { title = "Work for a while", prompt = (string)Script.Of(Script.Call("work", new { number = 6 }), Script.Text("The work is done.")) },
            new { title = "Break something", prompt = (string)Script.Of(Script.Call("break", new { number = 1 }), Script.Text("It did not work.")) },
            new { title = "Send a message", prompt = (string)Script.Of(Script.Call("send_message", new { to = "ada@example.com", text = "The report is ready." }), Script.Text("It was sent.")) },
            new { title = "Answer with hostile text", prompt = (string)Script.Of(Script.Text(HostileText)) },
            new { title = "Answer at length", prompt = (string)Script.Of(Script.Text(Paragraphs())) },
            new { title = "Fail", prompt = "This is no script." },
        },
    });

    private static RuntimeSpec Spec() => Define.Runtime(
        Define.Tenant("studio-lab", "v1"),
        [Define.Specialist("helper", "claude-haiku-4-5", "You do what is asked.", [EmitMany, Work, Break, Send, Echo, Big, Keep])],
        references: [Notes]);

    private static string Paragraphs()
    {
        var text = new StringBuilder();
        for (var index = 1; index <= 30; index++)
            text.Append(CultureInfo.InvariantCulture, $"## Part {index}\n\nStock is counted every night, and what differs from the books is looked at in the morning.\n\n");
        return text.ToString();
    }

    private static string Line(int index) => string.Create(CultureInfo.InvariantCulture, $"line {index:D8} <b>of a very long result</b> ").PadRight(97, '.');

    internal sealed record Count(int Number);

    internal sealed record Value(JsonElement Content);

    internal sealed record Note(string Text);

    internal sealed record Message(string To, string Text);
}
