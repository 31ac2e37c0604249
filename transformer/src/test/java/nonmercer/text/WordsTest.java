package nonmercer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void runsOfLettersAndDigits() {
        assertEquals(
                List.of("can", "t", "open", "0", "c", "tmp", "x86", "64", "größe"),
                Words.of("Can''t open {0}: C:\\tmp x86_64 Größe"));
        assertEquals(List.of(), Words.of(" -- {} "));
    }

    @Test
    void signsStandAlone() {
        assertEquals(
                List.of("Can", "'", "'", "t", "{", "0", "}", "!", "x", "文", "。", "\uD83D\uDE00"),
                Words.andSigns(" Can''t {0}!\n x文。\u00A0\uD83D\uDE00"));
    }

    @Test
    void unspacedScriptsGiveOneWordACharacter() {
        assertEquals(List.of("文", "件", "a1", "フ", "ァ", "イ", "ル", "𠀀"), Words.of("文件a1ファイル𠀀"));
    }
}
