using System.Text;
using Microsoft.Extensions.AI;
using Sluice.Models;

namespace Sluice.StructuredOutput;

/// <summary>What counts of a response: its text, and whether it is a refusal.</summary>
internal sealed class ModelAnswer
{
    private const int BeginningLength = 300;
    private const int RefusalLength = 500;

    private readonly string? _error;

    public ModelAnswer(ChatResponse response)
    {
        var text = new StringBuilder();
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
        {
            switch (content)
            {
                case TextContent piece:
                    text.Append(piece.Text);
                    break;
                case ErrorContent error:
                    _error = error.Message;
                    IsRefused = true;
                    break;
                case RetryContent:
                    text.Clear();
                    (_error, IsRefused) = (null, false);
                    break;
            }
        }

        Text = text.ToString();
        IsRefused |= response.FinishReason == ChatFinishReason.ContentFilter;
        IsCutOff = response.FinishReason == ChatFinishReason.Length;
    }

    public string Text { get; }

    public bool IsRefused { get; }

    public bool IsCutOff { get; }

    /// <summary>What was said in the place of an answer.</summary>
    public string Refusal => Shorten(_error ?? (Text.Length > 0 ? Text : "it was stopped by a content filter."), RefusalLength);

    public string Beginning => Shorten(Text, BeginningLength);

    /// <summary>The beginning of a text, without half a surrogate pair at its end.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length) return text;
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return $"{text.AsSpan(0, length)}…";
    }
}
