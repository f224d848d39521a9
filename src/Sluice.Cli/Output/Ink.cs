namespace Sluice.Cli.Output;

/// <summary>Sets texts off on a terminal; without colours they stay as they are. What is written so is visible text already.</summary>
/// <param name="IsOn">Whether the terminal has colours and they are wanted.</param>
internal readonly record struct Ink(bool IsOn)
{
    public string Strong(string text) => Set(text, 1);

    public string Faint(string text) => Set(text, 2);

    public string Bad(string text) => Set(text, 31);

    public string Good(string text) => Set(text, 32);

    public string Warning(string text) => Set(text, 33);

    private string Set(string text, int attribute) => IsOn && text.Length > 0 ? $"\u001b[{attribute}m{text}\u001b[0m" : text;
}
