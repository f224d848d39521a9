using System.Text.Json;

namespace Sluice.Cli.Chat.Typing;

/// <summary>The lines that were typed before, oldest first, in a file of the user's own. What begins with a space is not kept.</summary>
internal sealed class LineHistory
{
    /// <summary>The most lines that are kept.</summary>
    public const int Most = 500;

    private readonly string _file;
    private readonly List<string> _lines;

    private LineHistory(string file, List<string> lines) => (_file, _lines) = (file, lines);

    /// <summary>The history of an app, in the user's folder for data. A user without one has a history for as long as the process runs.</summary>
    public static LineHistory OfApp(string name)
    {
        const int MostCharacters = 100;
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var file = string.Concat(name.Take(MostCharacters).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_'));
        return data.Length == 0 ? new("", []) : Open(Path.Combine(data, "sluice", "history", $"{file}.jsonl"));
    }

    /// <summary>Opens a history; a file that is not there or cannot be read is an empty one.</summary>
    public static LineHistory Open(string file)
    {
        string[] written = [];
        try
        {
            if (File.Exists(file)) written = File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }

        var lines = written.Select(Read).OfType<string>().TakeLast(Most).ToList();
        var history = new LineHistory(file, lines);
        if (written.Length > Most) history.Write(path => File.WriteAllLines(path, lines.Select(Line)));
        return history;
    }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Keeps a line.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || line[0] == ' ' || (_lines.Count > 0 && _lines[^1] == line)) return;
        _lines.Add(line);
        if (_lines.Count > Most) _lines.RemoveAt(0);
        Write(path => File.AppendAllText(path, Line(line) + "\n"));
    }

    public Walker Walk() => new(_lines);

    private static string Line(string line) => JsonSerializer.Serialize(line);

    private static string? Read(string written)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(written);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What was typed is nobody else's to read. A folder that cannot be written is no reason not to talk.</summary>
    private void Write(Action<string> write)
    {
        if (_file.Length == 0) return;
        try
        {
            var folder = Path.GetDirectoryName(_file)!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                if (!File.Exists(_file)) new FileStream(_file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
            }

            write(_file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Goes back and forth in the lines while one is typed; the one that is typed comes after the last.</summary>
    internal sealed class Walker(IReadOnlyList<string> lines)
    {
        private int _place = lines.Count;
        private string _typed = "";

        /// <summary>The line before; null: there is none.</summary>
        public string? Back(string typed)
        {
            if (_place == lines.Count) _typed = typed;
            return _place == 0 ? null : lines[--_place];
        }

        /// <summary>The line after; null: there is none.</summary>
        public string? Forward(string typed) => _place >= lines.Count ? null : ++_place == lines.Count ? _typed : lines[_place];
    }
}
