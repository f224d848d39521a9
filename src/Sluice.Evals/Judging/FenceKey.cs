using System.Security.Cryptography;
using System.Text;

namespace Sluice.Evals.Judging;

/// <summary>A word that fences texts off from each other because it occurs in none of them.</summary>
/// <remarks>
/// It is the same for all texts that do not have it, so that recordings find a question again whose ids differ from run to run. Where a text
/// has it, a hash of the texts takes its place: nobody can write a text that has its own hash, nor thousands of them.
/// </remarks>
internal static class FenceKey
{
    private const int Length = 16;
    private const int TriesPerLength = 32;

    /// <summary>Chooses the word, of hexadecimal digits.</summary>
    /// <param name="texts">What is to be fenced.</param>
    /// <param name="length">How long the word is where the first tries succeed.</param>
    public static string Choose(IReadOnlyList<string> texts, int length = Length)
    {
        for (var attempt = 0; ; attempt++)
        {
            var key = Digits(texts, attempt)[..Math.Min(length + (attempt / TriesPerLength), SHA256.HashSizeInBytes * 2)];
            if (!texts.Any(text => text.Contains(key, StringComparison.OrdinalIgnoreCase))) return key;
        }
    }

    private static string Digits(IReadOnlyList<string> texts, int attempt) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(attempt == 0 ? "" : $"{attempt}\0{string.Join('\0', texts)}")));
}
