using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.Dev;

/// <summary><c>sluice serve</c> or <c>sluice dev</c> as a process of its own, and a client of what it serves.</summary>
internal sealed class StudioProcess : IAsyncDisposable
{
    /// <summary>The longest that anything is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _told = new();
    private readonly List<(string Text, TaskCompletionSource Heard)> _awaited = [];
    private readonly HttpClient _http = new() { Timeout = Patience };

    private StudioProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it wrote to standard error.</summary>
    public string Told
    {
        get
        {
            lock (_told) return _told.ToString();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static StudioProcess Start(string folder, IReadOnlyDictionary<string, string?> variables, params IReadOnlyList<string> arguments) =>
        new(Process.Start(SluiceProcess.StartInfo(folder, variables, arguments))!);

    public static StudioProcess Start(string folder, params IReadOnlyList<string> arguments) => Start(folder, new Dictionary<string, string?>(), arguments);

    /// <summary>The next line of standard output.</summary>
    public async Task<string> LineAsync()
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token) ?? throw new InvalidOperationException($"It ended: {Told}");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"It wrote nothing within {Patience}. It said: {Told}", exception);
        }
    }

    /// <summary>Where it says that it serves.</summary>
    public async Task<Uri> AddressAsync() =>
        new((await LineAsync()).Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));

    /// <summary>Waits until it has told something on standard error.</summary>
    public async Task ToldAsync(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_told)
        {
            if (_told.ToString().Contains(text, StringComparison.Ordinal)) return;
            _awaited.Add((text, heard));
        }

        try
        {
            await heard.Task.WaitAsync(Patience, Token);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"It did not say '{text}' within {Patience}. It said: {Told}", exception);
        }
    }

    /// <summary>Forgets what was told, so that the next that is waited for is a new one.</summary>
    public void Forget()
    {
        lock (_told) _told.Clear();
    }

    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{_process.Id}"]).WaitForExit();

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> ExitCodeAsync()
    {
        try
        {
            await _process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
            return _process.ExitCode;
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"It did not end within {Patience}. It said: {Told}", exception);
        }
    }

    public async Task<JsonElement> GetAsync(Uri address, string path)
    {
        using var answer = await _http.GetAsync(new Uri(address, path), Token);
        return await ReadAsync(answer);
    }

    public async Task<JsonElement> PostAsync(Uri address, string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(address, path), body, Json.SluiceJson.Options, Token);
        return await ReadAsync(answer);
    }

    /// <summary>Reads again and again until what is there fits: the server tells nobody who has gone.</summary>
    public async Task<JsonElement> UntilAsync(Uri address, string path, Func<JsonElement, bool> fits, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience)
        {
            try
            {
                var found = await GetAsync(address, path);
                if (fits(found)) return found;
            }
            catch (HttpRequestException)
            {
                // It is between two servers.
            }

            await Task.Delay(50, Token);
        }

        throw new TimeoutException($"Not within {Patience}: {what}. It said: {Told}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _http.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    private void Hear(string? line)
    {
        lock (_told)
        {
            _told.Append(line).Append('\n');
            foreach (var (text, heard) in _awaited)
                if (line?.Contains(text, StringComparison.Ordinal) == true) heard.TrySetResult();
        }
    }
}
