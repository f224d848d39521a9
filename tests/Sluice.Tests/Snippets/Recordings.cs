using System.Text.RegularExpressions;

namespace Sluice.Tests.Snippets;

public static partial class Recordings
{
    public static async Task<string> RunAsync(RuntimeSpec spec, Interpreter live, string cassette, bool isRecording)
    {
        // snippet: recordings-run
        var options = new CassetteOptions { Volatile = [OrderNumber()], Secrets = ["hunter2"] };
        var interpreter = isRecording
            ? Interpreter.Record(live, cassette, options)
            : Interpreter.Replay(cassette, options);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = interpreter });
        // end
        var text = "";
        await foreach (var e in runtime.QueryAsync("Order ten boots."))
        {
            if (e is TextEvent said) text += said.Text;
        }

        return text;
    }

    [GeneratedRegex("[A-Z]{2}-[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex OrderNumber();
}
